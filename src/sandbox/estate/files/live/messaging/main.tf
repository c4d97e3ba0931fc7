resource "aws_launch_template" "notifications" {
  name          = "kestrel-notifications"
  image_id      = "ami-0f3c9b8d7e6a51420"
  instance_type = "c6i.large"
}

resource "aws_autoscaling_group" "notifications" {
  name             = "kestrel-notifications"
  min_size         = 3
  desired_capacity = 3
  max_size         = 8

  vpc_zone_identifier = ["subnet-0aa1", "subnet-0bb2", "subnet-0cc3"]
  health_check_type   = "ELB"

  launch_template {
    id      = aws_launch_template.notifications.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }

  tag {
    key                 = "trimtab:apply"
    value               = "true"
    propagate_at_launch = false
  }
}
