resource "aws_launch_template" "web" {
  name          = var.group_name
  image_id      = "ami-0f3c9b8d7e6a51420"
  instance_type = var.web_instance_type
}

resource "aws_autoscaling_group" "web" {
  name     = var.group_name
  min_size = var.web_min_size
  max_size = var.web_max_size

  vpc_zone_identifier = ["subnet-0aa1", "subnet-0bb2", "subnet-0cc3"]
  target_group_arns   = [aws_lb_target_group.web.arn]
  health_check_type   = "ELB"

  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = var.environment
    propagate_at_launch = true
  }
}

resource "aws_lb_target_group" "web" {
  name     = "kestrel-storefront-tg"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0d1e2f3a4b5c6d7e8"
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "cpu-target"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
