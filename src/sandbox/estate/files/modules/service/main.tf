# A service behind target tracking: template, group, policy.

resource "aws_launch_template" "this" {
  name          = var.name
  image_id      = var.image_id
  instance_type = var.instance_type

  metadata_options {
    http_tokens = "required" # IMDSv2 only
  }
}

resource "aws_autoscaling_group" "this" {
  name                = var.name
  min_size            = var.capacity.min
  max_size            = var.capacity.max
  vpc_zone_identifier = data.aws_subnets.private.ids
  enabled_metrics     = ["GroupInServiceInstances", "GroupDesiredCapacity", "GroupMaxSize", "GroupMinSize"]

  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = var.environment
    propagate_at_launch = true
  }

  tag {
    key                 = "Team"
    value               = var.team
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu-target"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = var.cpu_target

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

data "aws_subnets" "private" {
  tags = { Tier = "private" }
}
